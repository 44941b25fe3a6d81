/** Keeps what react-admin shows live. */
import type { RealtimeDataProvider } from "./data-provider.js";

/** What this needs of the QueryClient of @tanstack/react-query. */
interface Queries {
  invalidateQueries(filters: { queryKey: readonly unknown[] }): unknown;
}

/**
 * Asks again for what is shown of these resources whenever something of them changes: give it the `queryClient` that
 * `<Admin>` has. Returns what ends it.
 */
export function followChanges(
  provider: RealtimeDataProvider,
  queries: Queries,
  resources: readonly string[],
): () => void {
  const ends = resources.map((resource) => {
    const topic = `resource/${resource}`;
    const changed = () => void queries.invalidateQueries({ queryKey: [resource] });
    void provider.subscribe(topic, changed);
    return () => void provider.unsubscribe(topic, changed);
  });
  return () => ends.forEach((end) => end());
}
