import { useSession } from "@spotter/realtime/react";
import { useEffect, useState } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { AccountMenu } from "./accounts/account-menu";
import { resetPath } from "./accounts/reset-path";
import { useSignedIn } from "./accounts/use-signed-in";
import { genericChannels, isServed } from "./served";
import TimetablePage from "./resources/timetable/page";
import {
  CalendarIcon,
  DumbbellIcon,
  HistoryIcon,
  KeyIcon,
  ListIcon,
  PeopleIcon,
  PlanIcon,
} from "./ui/base/icons";
import { capital } from "./ui/base/locale";
import { ErrorBoundary } from "./ui/shell/error-boundary";
import { loadEarly } from "./ui/shell/lazy";
import { lazyDialog, lazyPage, PageFailed } from "./ui/shell/lazy-parts";
import { NotFound } from "./ui/shell/not-found";
import { paths } from "./ui/shell/navigation";
import { Shell } from "./ui/shell/shell";
import { useStorageWarning } from "./ui/shell/storage-warning";
import { things } from "./ui/shell/things";
import { Toolbar } from "./ui/shell/toolbar";
import { useSettled } from "./ui/shell/use-settled";
import { useShortcuts } from "./ui/shell/use-shortcuts";
import { texts } from "./texts";

const DevelopersPage = lazyPage(() => import("./developers/page"));
const AccountPage = lazyPage(() => import("./accounts/page"));
const Search = lazyDialog(
  () => texts.search,
  () => import("./ui/shell/search"),
  { early: true },
);
const Shortcuts = lazyDialog(
  () => texts.shortcuts,
  () => import("./ui/shell/shortcuts"),
  {
    early: true,
  },
);

const pages = {
  "/coaches": lazyPage(() => import("./resources/coaches/list")),
  "/coaches/new": lazyPage(() => import("./resources/coaches/form")),
  "/coaches/:id": lazyPage(() => import("./resources/coaches/detail")),
  "/coaches/:id/edit": lazyPage(() => import("./resources/coaches/form")),
  "/plans": lazyPage(() => import("./resources/workout-plans/list")),
  "/plans/new": lazyPage(() => import("./resources/workout-plans/form")),
  "/plans/:id": lazyPage(() => import("./resources/workout-plans/detail")),
  "/plans/:id/edit": lazyPage(() => import("./resources/workout-plans/form")),
  "/moves": lazyPage(() => import("./resources/exercise-moves/list")),
  "/moves/new": lazyPage(() => import("./resources/exercise-moves/form")),
  "/moves/:id": lazyPage(() => import("./resources/exercise-moves/detail")),
  "/moves/:id/edit": lazyPage(() => import("./resources/exercise-moves/form")),
  "/import": lazyPage(() => import("./sheets/import/page")),
  [resetPath]: lazyPage(() => import("./accounts/reset-page")),
  "/changes": lazyPage(() => import("./changes/page")),
  "/exceptions/:id": lazyPage(() => import("./resources/timetable/exception-page")),
  "/records/*": lazyPage(() => import("./generic/page")),
  "/account": AccountPage,
  "/accounts": lazyPage(() => import("./accounts/accounts-page")),
  "/developers/*?": DevelopersPage,
  "/live/*?": DevelopersPage,
};

// One route for all, so that what opens over the timetable does not make it anew.
const timetable = /^\/(?:classes\/(?<id>[^/]+)(?:\/(?<on>[^/]+))?|days\/(?<day>[^/]+))?\/?$/;

const gymPlaces = () => [
  { channel: "schedules", path: "/", label: texts.timetable, icon: <CalendarIcon /> },
  { channel: "coaches", path: "/coaches", label: texts.coaches, icon: <PeopleIcon /> },
  { channel: "workout_plans", path: "/plans", label: texts.plans, icon: <PlanIcon /> },
  { channel: "exercise_moves", path: "/moves", label: texts.moves, icon: <DumbbellIcon /> },
];
/** Of what the server has, and whoever is signed in may see. */
const places = (isAdmin: boolean) => [
  ...gymPlaces().filter(({ channel }) => isServed(channel)),
  ...genericChannels.map((channel) => ({
    path: paths[channel],
    label: capital(things.many(channel)),
    icon: <ListIcon />,
  })),
  { path: "/changes", label: texts.changes, icon: <HistoryIcon /> },
  ...(isAdmin ? [{ path: "/accounts", label: texts.accounts, icon: <KeyIcon /> }] : []),
];
const pathsOfPlaces = places(false).map(({ path }) => path);
const [home = "/changes"] = pathsOfPlaces;

/** Also who has not signed in is let in here. What is typed before that is known stays. */
const forAnybody = ["/account", resetPath, "/developers", "/live"];
const isForAnybody = (location: string) =>
  forAnybody.some((path) => location === path || location.startsWith(`${path}/`));

interface Props {
  /** Asks for another language, clock or first day of the week. */
  onPreferences: () => void;
}

export function App({ onPreferences }: Props) {
  const account = useSignedIn();
  useStorageWarning(account);
  const settled = useSettled();
  useEffect(() => {
    if (settled) void loadEarly();
  }, [settled]);
  // Everything anew for somebody else: nothing of the last one is left in an open form or dialog.
  return <Gym key={account ?? ""} onPreferences={onPreferences} />;
}

function Gym({ onPreferences }: Props) {
  const session = useSession();
  const [location] = useLocation();
  const [open, setOpen] = useState<"search" | "shortcuts" | null>(null);
  const onSearch = () => setOpen("search");
  const onHelp = () => setOpen("shortcuts");
  const close = () => setOpen(null);
  useShortcuts({ onSearch, onHelp, pages: pathsOfPlaces });
  const closed = session?.access === "required" && session.user === null;

  return (
    <Shell
      places={closed ? [] : places(session?.user?.role === "admin")}
      tools={
        <>
          <Toolbar onSearch={onSearch} onHelp={onHelp} onPreferences={onPreferences} />
          <AccountMenu />
        </>
      }
    >
      <ErrorBoundary at={location} failed={(retry) => <PageFailed onRetry={retry} />}>
        {closed && !isForAnybody(location) ? (
          <AccountPage />
        ) : (
          <Switch>
            {isServed("schedules") ? (
              <Route path={timetable} component={TimetablePage} />
            ) : (
              <Route path="/">
                <Redirect to={home} replace />
              </Route>
            )}
            {Object.entries(pages).map(([path, page]) => (
              <Route key={path} path={path} component={page} />
            ))}
            <Route component={NotFound} />
          </Switch>
        )}
      </ErrorBoundary>
      {open === "search" && <Search onClose={close} />}
      {open === "shortcuts" && <Shortcuts onClose={close} />}
    </Shell>
  );
}
