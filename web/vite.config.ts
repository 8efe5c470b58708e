/**
 * How the web app is built: SvelteKit as a static single-page app, messages compiled by Paraglide.
 * Nothing here may reach the network: message plug-in, fonts and icons all come from this repository.
 */
import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";
import { chunkGroups } from "./chunks.ts";
import { messageOptions } from "./compile-messages.ts";
import { lightIcons } from "./light-icons.ts";
import {
  announcerWithoutStyle,
  messagesInOurLocale,
  otherPagesFollow,
  singlePageApp,
  withoutServerFunctions,
} from "./single-page-app.ts";

export default defineConfig(({ command }) => ({
  plugins: [
    command === "serve" ? paraglideVitePlugin(messageOptions) : undefined,
    announcerWithoutStyle(),
    withoutServerFunctions(),
    lightIcons(),
    messagesInOurLocale(),
    otherPagesFollow(),
    sveltekit({
      adapter: singlePageApp(),
      compilerOptions: { runes: true },
      version: { pollInterval: 0 },
    }),
  ],
  environments: {
    client: {
      build: {
        // A shell names what its page loads. The list of what every other file needs would be a twelfth of the first load.
        modulePreload: false,
        rolldownOptions: { output: { codeSplitting: { groups: chunkGroups() } } },
      },
    },
  },
  server: { proxy: { "/api": "http://localhost:3000" } },
  preview: { proxy: { "/api": "http://localhost:3000" } },
}));
