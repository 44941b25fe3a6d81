import { Empty } from "../base/empty";

/** Instead of a form for somebody who may not use it. */
export function Forbidden() {
  return <Empty title="Not yours to edit">Sign in as somebody who may, or ask an admin.</Empty>;
}
