import { Link } from "wouter";
import { Empty } from "../base/empty";
import { Page } from "./page";

export function NotFound() {
  return (
    <Page title="Not here">
      <Empty title="There is no such page">
        The address may be mistyped. <Link href="/">Go to the timetable</Link>
      </Empty>
    </Page>
  );
}
