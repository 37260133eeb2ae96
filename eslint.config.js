// Rules of the portal's code: strict types, native and accessible elements, words only from the catalogues, rooms that see only downwards.
import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

/** @param {string} room @param {string[]} closed */
const below = (room, closed) => ({
  files: [`frontend/src/${room}/**/*.{ts,tsx}`],
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: closed.map((name) => ({ group: [`**/${name}/**`], message: `${room} must not see ${name}` })) },
    ],
  },
});

const FEATURES = ["account", "applications", "booking", "casework", "catalogue", "portal"];

/** Casework stands above applications, as in the backend: an answer is corrected with the field that it was given in. */
const SEES = { casework: ["applications"] };
/** @param {string} feature */
const closedTo = (feature) => FEATURES.filter((other) => other !== feature && !SEES[feature]?.includes(other));

export default tseslint.config(
  { ignores: ["frontend/dist", "**/*.gen.d.ts", "frontend/src/api/schema.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  jsxA11y.flatConfigs.strict,
  reactHooks.configs.flat["recommended-latest"],
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "JSXText[value=/\\p{L}{2}/u]", message: "A sentence that a person reads belongs into locales/." },
        {
          selector: "JSXAttribute[name.name='style']",
          message: "Inline styles are refused by the Content-Security-Policy.",
        },
        { selector: "ExportAllDeclaration", message: "No barrels: import from the file itself." },
        { selector: "ExportDefaultDeclaration", message: "Named exports only." },
      ],
      "no-console": "error",
    },
  },
  {
    files: ["**/*.config.{js,ts}", "**/*.d.ts"],
    rules: { "no-restricted-syntax": "off" }, // tools and module declarations ask for a default export
  },
  {
    files: ["**/*.test.{ts,tsx}"],
    rules: { "no-restricted-syntax": "off" }, // a test may write the words it looks for
  },
  below("lib", ["app", "features", "ui", "i18n", "api"]),
  below("i18n", ["app", "features", "ui", "api"]),
  below("api", ["app", "features", "ui"]),
  below("ui", ["app", "features"]),
  ...FEATURES.map((feature) => below(`features/${feature}`, ["app", ...closedTo(feature)])),
);
