import { Redirect, Route, Switch } from "wouter";
import { ExplorerPage } from "./explorer/explorer";
import { NumbersPage } from "./demos/numbers";
import { RandomText } from "./demos/random-text";
import { StatePage } from "./demos/state";
import { TimePage } from "./demos/time";
import { NotFound } from "../ui/shell/not-found";
import { texts } from "./texts";

/** What is there for those who write programs of their own. */
export default function Developers() {
  return (
    <Switch>
      <Route path="/developers">
        <ExplorerPage />
      </Route>
      <Route path="/developers/events/:chosen">
        {({ chosen }) => <ExplorerPage chosen={chosen} />}
      </Route>
      <Route path="/developers/time" component={TimePage} />
      <Route path="/developers/uuid">
        <RandomText event="uuid" title={texts.randomUuid} />
      </Route>
      <Route path="/developers/hex">
        <RandomText event="hex" title={texts.randomHex} />
      </Route>
      <Route path="/developers/numbers" component={NumbersPage} />
      <Route path="/developers/state" component={StatePage} />
      {/* Where the demos were before they had this page. */}
      <Route path="/live/:demo?">
        {({ demo = "time" }) => <Redirect to={`/developers/${demo}`} replace />}
      </Route>
      <Route component={NotFound} />
    </Switch>
  );
}
