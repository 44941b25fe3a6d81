export { createDataProvider } from "./data-provider.js";
export type { DataProviderOptions, RealtimeDataProvider } from "./data-provider.js";
export { RealtimeError } from "./errors.js";
export { followChanges } from "./follow.js";
export type { SearchFields } from "./query.js";
export type { TopicEvent, TopicListener } from "./topics.js";
