/** For the tests of an application: a server that the test plays, and a storage that it can look into. */
export { FakeSocket, settled } from "./fake-socket.js";
export { MemoryOutboxStorage } from "./memory-outbox-storage.js";
export { loadQueries } from "./load-queries.js";
