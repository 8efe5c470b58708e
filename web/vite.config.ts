/**
 * How the web app is built: SvelteKit as a static single-page app, messages compiled by Paraglide.
 * Nothing here may reach the network: message plug-in, fonts and icons all come from this repository.
 */
import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";
import { messageOptions } from "./compile-messages.ts";
import { announcerWithoutStyle, singlePageApp } from "./single-page-app.ts";

/**
 * What every page loads: kept in one file, because dozens of small ones cost a tenth more bytes and a request each.
 * The account menu stays out; it brings bits-ui and is fetched at the first touch.
 */
const CORE =
  /src\/lib\/(api|shell\/(?!AccountMenu)|tablet\/(lock|device|idle)\b|session|locale|ways|paraglide\/runtime|ui\/(toasts|ToastRegion|IconButton|Button|ErrorState|LoadingState))|lucide\/svelte\/dist\/(Icon|icons\/(x|circle-alert|cloud-off)\.)/;

export default defineConfig(({ command }) => ({
  plugins: [
    command === "serve" ? paraglideVitePlugin(messageOptions) : undefined,
    announcerWithoutStyle(),
    sveltekit({
      adapter: singlePageApp(),
      compilerOptions: { runes: true },
      version: { pollInterval: 0 },
    }),
  ],
  environments: {
    client: {
      build: { rolldownOptions: { output: { codeSplitting: { groups: [{ name: "core", test: CORE }] } } } },
    },
  },
  server: { proxy: { "/api": "http://localhost:3000" } },
  preview: { proxy: { "/api": "http://localhost:3000" } },
}));
