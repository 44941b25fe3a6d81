export * from "./hooks.js";
export * from "./queries.js";
export { createHooks } from "./typed.js";
export type { Hooks } from "./typed.js";
