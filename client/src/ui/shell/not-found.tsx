import { Link } from "wouter";
import { Empty } from "../base/empty";
import { Page } from "./page";
import { texts } from "./texts";

export function NotFound() {
  return (
    <Page title={texts.notHere}>
      <Empty title={texts.noSuchPage}>
        {texts.mistyped} <Link href="/">{texts.goToTimetable}</Link>
      </Empty>
    </Page>
  );
}
