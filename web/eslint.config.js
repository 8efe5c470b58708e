/**
 * Lint for Svelte: markup, which oxlint does not read, and forgotten promises, for which it lacks the types here.
 * Everything else in a script is oxlint's (.oxlintrc.json), accessibility and types are svelte-check's.
 */
import svelte from "eslint-plugin-svelte";
import typescript from "typescript-eslint";

const typed = { parser: typescript.parser, projectService: true, extraFileExtensions: [".svelte"] };

export default [
  { ignores: ["build/", ".svelte-kit/", "src/lib/paraglide/"] },
  ...svelte.configs.recommended,
  {
    files: ["**/*.svelte"],
    plugins: { "@typescript-eslint": typescript.plugin },
    languageOptions: { parserOptions: typed },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "svelte/block-lang": ["error", { script: "ts" }],
      "svelte/no-target-blank": "error",
      "svelte/no-add-event-listener": "error",
      "svelte/no-navigation-without-resolve": "off", // the app is always served from the root
    },
  },
  {
    files: ["**/*.svelte.ts"],
    languageOptions: { parser: typescript.parser, parserOptions: typed },
    rules: { "svelte/prefer-svelte-reactivity": "off" }, // a plain Map is how such a module keeps what is not state
  },
];
