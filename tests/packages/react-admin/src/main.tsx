/** One resource of react-admin, with its own small pages in place of Material UI's. */
import { createDataProvider, followChanges } from "@spotter/realtime/react-admin";
import { QueryClient } from "@tanstack/react-query";
import { CoreAdmin, Resource } from "ra-core";
import type { DataProvider } from "ra-core";
import { createRoot } from "react-dom/client";
import { CoachCreate, CoachEdit, CoachList } from "./coaches";
import { Layout } from "./layout";
import { realtime } from "./realtime";

const dataProvider = createDataProvider(realtime, { search: { coaches: ["name"] } });
const queryClient = new QueryClient();
followChanges(dataProvider, queryClient, ["coaches"]);

createRoot(document.getElementById("root") as HTMLElement).render(
  <CoreAdmin
    dataProvider={dataProvider satisfies DataProvider}
    queryClient={queryClient}
    layout={Layout}
    requireAuth={false}
  >
    <Resource name="coaches" list={CoachList} edit={CoachEdit} create={CoachCreate} />
  </CoreAdmin>,
);
