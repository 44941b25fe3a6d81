import * as history from "../queries/history.js";
import * as listed from "../queries/lists.js";
import { histories, lists } from "../queries/queries.js";

/** From now on lists and histories show at once what they know: their code need not be loaded first. */
export function loadQueries(): void {
  lists.provide(listed);
  histories.provide(history);
}
