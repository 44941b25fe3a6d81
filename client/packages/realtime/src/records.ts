/** What can be done with records without a server: filters, orders and edits, as the server understands them. */
export { merge } from "./state/merge.js";
export type { Fields, Merge } from "./state/merge.js";
export { comparison } from "./state/order.js";
export type { Compare } from "./state/order.js";
export { predicate } from "./state/where.js";
export type { Predicate } from "./state/where.js";
