export { Refused } from "../adapters/confirmed.js";
export { realtimeCollectionOptions } from "./collection.js";
export type { CollectionSettings } from "./collection.js";
