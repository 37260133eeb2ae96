/** The one Trusted Types policy of the portal: it lets exactly one worker start, the solver of the proof of work. */

interface ScriptPolicy {
  createScriptURL: (url: string) => string;
}

interface PolicyFactory {
  createPolicy: (name: string, rules: ScriptPolicy) => ScriptPolicy;
}

let policy: ScriptPolicy | undefined;

/** Makes the policy before any other script could claim its name; without Trusted Types addresses pass unchanged. */
export function allowWorker(workerUrl: string): ScriptPolicy {
  const rules: ScriptPolicy = {
    createScriptURL: (url) => {
      if (url !== workerUrl) throw new TypeError("amtsweg: not an allowed script address");
      return url;
    },
  };
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  policy ??= factory ? factory.createPolicy("amtsweg", rules) : rules;
  return policy;
}
