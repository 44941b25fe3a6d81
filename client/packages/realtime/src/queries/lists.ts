/** The code of lists, which is loaded as one. */
export { List } from "./list.js";
export { WholeList } from "./list-view.js";
