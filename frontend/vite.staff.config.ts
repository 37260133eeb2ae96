import { defineConfig, type ViteDevServer } from "vite";
import { STAFF_MANIFEST, staffShell } from "./shells.mjs";
import { ground } from "./vite.config.ts";

/** While developing, every address below /amt is the one page. */
const onePage = {
  name: "amtsweg-staff-addresses",
  configureServer({ middlewares }: ViteDevServer) {
    middlewares.use((request, _response, next) => {
      if (/^\/amt([/?]|$)/.test(request.url ?? "")) request.url = "/amt.html";
      next();
    });
  },
};

/** The pages of staff, beside the portal in the same folder; run after the portal's build, which empties the folder. */
export default defineConfig({
  ...ground,
  plugins: [...(ground.plugins ?? []), onePage, staffShell()],
  build: {
    ...ground.build,
    emptyOutDir: false,
    manifest: STAFF_MANIFEST,
    rolldownOptions: {
      input: "frontend/amt.html",
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: "upload",
              test: /upload\/send|node_modules\/(tus-js-client|js-base64|url-parse|querystringify|requires-port)/,
            },
            { name: "acting", test: /features\/(casework\/case\/acting\/|applications\/(?!following\/words))/ },
            { name: "case", test: /features\/casework\/case\// },
            { name: "batch", test: /casework\/batch\/Batch(Dialog|Fields|Places|Wording)/ },
            // What the list itself needs of a folder stays with the list: two chunks that need each other do not start.
            {
              name: "more",
              test: /casework\/(desk\/(?!ErrorPart)|pages\/(?!WorkList|StaffSignIn|Nothing))|applications\/following\/words/,
            },
            { name: "desk", test: /node_modules|src\/|part=(common|account|staff)/ },
          ],
        },
      },
    },
  },
});
