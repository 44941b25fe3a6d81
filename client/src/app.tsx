import { lazy, Suspense, useState } from "react";
import { Route, Switch, useLocation } from "wouter";
import { AccountMenu } from "./accounts/account-menu";
import { useSignedIn } from "./accounts/use-signed-in";
import { useSession } from "./realtime";
import TimetablePage from "./resources/timetable/page";
import { CalendarIcon, DumbbellIcon, PeopleIcon, PlanIcon, PulseIcon } from "./ui/icons";
import { ErrorBoundary } from "./ui/error-boundary";
import { NotFound } from "./ui/not-found";
import { PageSkeleton } from "./ui/page-skeleton";
import { Shell } from "./ui/shell";
import { Tools } from "./ui/tools";
import { useNotKept } from "./ui/not-kept";
import { useShortcuts } from "./ui/use-shortcuts";

const AccountPage = lazy(() => import("./accounts/page"));
const Search = lazy(() => import("./ui/search"));
const Shortcuts = lazy(() => import("./ui/shortcuts"));

const pages = {
  "/coaches": lazy(() => import("./resources/coaches/list")),
  "/coaches/new": lazy(() => import("./resources/coaches/form")),
  "/coaches/:id": lazy(() => import("./resources/coaches/detail")),
  "/coaches/:id/edit": lazy(() => import("./resources/coaches/form")),
  "/plans": lazy(() => import("./resources/workout-plans/list")),
  "/plans/new": lazy(() => import("./resources/workout-plans/form")),
  "/plans/:id": lazy(() => import("./resources/workout-plans/detail")),
  "/plans/:id/edit": lazy(() => import("./resources/workout-plans/form")),
  "/moves": lazy(() => import("./resources/exercise-moves/list")),
  "/moves/new": lazy(() => import("./resources/exercise-moves/form")),
  "/moves/:id": lazy(() => import("./resources/exercise-moves/detail")),
  "/moves/:id/edit": lazy(() => import("./resources/exercise-moves/form")),
  "/account": AccountPage,
  "/accounts": lazy(() => import("./accounts/accounts-page")),
  "/live": lazy(() => import("./live")),
  "/live/time": lazy(() => import("./live/time")),
  "/live/uuid": lazy(() => import("./live/uuid")),
  "/live/hex": lazy(() => import("./live/hex")),
  "/live/numbers": lazy(() => import("./live/numbers")),
  "/live/state": lazy(() => import("./live/state")),
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

export function App() {
  const account = useSignedIn();
  useNotKept(account);
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
  const closed = session?.access === "required" && session.user === null;

  return (
    <Shell
      places={closed ? [] : places}
      tools={
        <>
          <Tools onSearch={onSearch} onHelp={onHelp} />
          <AccountMenu />
        </>
      }
    >
      <ErrorBoundary at={location}>
        <Suspense fallback={<PageSkeleton />}>
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
        </Suspense>
      </ErrorBoundary>
      <Suspense>
        {open === "search" && <Search onClose={close} />}
        {open === "shortcuts" && <Shortcuts onClose={close} />}
      </Suspense>
    </Shell>
  );
}
