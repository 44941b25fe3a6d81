import type { ComponentType } from "react";
import { Route, Switch } from "wouter";
import { genericChannels } from "../served";
import { NotFound } from "../ui/shell/not-found";
import Detail from "./detail";
import Form from "./form";
import List from "./list";

const pages: Readonly<Record<string, ComponentType>> = {
  "/records/:channel": List,
  "/records/:channel/new": Form,
  "/records/:channel/:id/edit": Form,
  "/records/:channel/:id": Detail,
};

/** The pages of resources that have none of their own. */
export default function GenericPages() {
  return (
    <Switch>
      {Object.entries(pages).map(([path, Page]) => (
        <Route key={path} path={path}>
          {({ channel = "" }: { channel?: string }) =>
            genericChannels.some((known) => known === channel) ? <Page /> : <NotFound />
          }
        </Route>
      ))}
      <Route component={NotFound} />
    </Switch>
  );
}
