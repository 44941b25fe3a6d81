import type { Watchable } from "./derived.js";

/** Resolves with what `find` makes of a watched value, once that is not undefined; no value in between is missed. */
export function until<T, R>(watched: Watchable<T>, find: (value: T) => R | undefined): Promise<R> {
  return new Promise((resolve, reject) => {
    let stop = () => {};
    const look = () => {
      try {
        const found = find(watched.get());
        if (found === undefined) return;
        stop();
        resolve(found);
      } catch (error) {
        stop();
        reject(error as Error);
      }
    };
    stop = watched.subscribe(look);
    look();
  });
}
