import { useSession } from "@spotter/realtime";
import { useEffect, useState } from "react";
import { Route, Switch, useLocation } from "wouter";
import { AccountMenu } from "./accounts/account-menu";
import { useSignedIn } from "./accounts/use-signed-in";
import TimetablePage from "./resources/timetable/page";
import { CalendarIcon, DumbbellIcon, PeopleIcon, PlanIcon, PulseIcon } from "./ui/base/icons";
import { ErrorBoundary } from "./ui/shell/error-boundary";
import { loadEarly } from "./ui/shell/lazy";
import { lazyDialog, lazyPage, PageFailed } from "./ui/shell/lazy-parts";
import { NotFound } from "./ui/shell/not-found";
import { Shell } from "./ui/shell/shell";
import { useStorageWarning } from "./ui/shell/storage-warning";
import { Toolbar } from "./ui/shell/toolbar";
import { useShortcuts } from "./ui/shell/use-shortcuts";

const AccountPage = lazyPage(() => import("./accounts/page"));
const Search = lazyDialog("Search", () => import("./ui/shell/search"), { early: true });
const Shortcuts = lazyDialog("The list of shortcuts", () => import("./ui/shell/shortcuts"), {
  early: true,
});

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
  "/account": AccountPage,
  "/accounts": lazyPage(() => import("./accounts/accounts-page")),
  "/live": lazyPage(() => import("./live")),
  "/live/time": lazyPage(() => import("./live/time")),
  "/live/uuid": lazyPage(() => import("./live/uuid")),
  "/live/hex": lazyPage(() => import("./live/hex")),
  "/live/numbers": lazyPage(() => import("./live/numbers")),
  "/live/state": lazyPage(() => import("./live/state")),
};

// One route for both, so that opening a class does not make the timetable anew.
const timetable = /^\/(?:classes\/(?<id>[^/]+))?\/?$/;

const places = [
  { path: "/", label: "Timetable", icon: <CalendarIcon /> },
  { path: "/coaches", label: "Coaches", icon: <PeopleIcon /> },
  { path: "/plans", label: "Plans", icon: <PlanIcon /> },
  { path: "/moves", label: "Moves", icon: <DumbbellIcon /> },
  { path: "/live", label: "Live", icon: <PulseIcon /> },
];
const paths = places.map(({ path }) => path);

/** How long after the page what may be needed without a connection is loaded, in milliseconds. */
const EARLY = 1_000;

export function App() {
  const account = useSignedIn();
  useStorageWarning(account);
  // Everything anew for somebody else: nothing of the last one is left in an open form or dialog.
  return <Gym key={account ?? ""} />;
}

function Gym() {
  const session = useSession();
  const [location] = useLocation();
  const [open, setOpen] = useState<"search" | "shortcuts" | null>(null);
  const onSearch = () => setOpen("search");
  const onHelp = () => setOpen("shortcuts");
  const close = () => setOpen(null);
  useShortcuts({ onSearch, onHelp, pages: paths });
  useEffect(() => {
    // When the page itself has all it needs.
    const timer = setTimeout(() => void loadEarly(), EARLY);
    return () => clearTimeout(timer);
  }, []);
  const closed = session?.access === "required" && session.user === null;

  return (
    <Shell
      places={closed ? [] : places}
      tools={
        <>
          <Toolbar onSearch={onSearch} onHelp={onHelp} />
          <AccountMenu />
        </>
      }
    >
      <ErrorBoundary at={location} failed={(retry) => <PageFailed onRetry={retry} />}>
        {closed ? (
          <AccountPage />
        ) : (
          <Switch>
            <Route path={timetable} component={TimetablePage} />
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
