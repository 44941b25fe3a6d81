import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import TimetablePage from "./resources/timetable/page";
import { CalendarIcon, DumbbellIcon, PeopleIcon, PlanIcon } from "./ui/icons";
import { NotFound } from "./ui/not-found";
import { Shell } from "./ui/shell";

const pages = {
  "/coaches": lazy(() => import("./resources/coaches/list")),
  "/coaches/new": lazy(() => import("./resources/coaches/form")),
  "/coaches/:id": lazy(() => import("./resources/coaches/detail")),
  "/coaches/:id/edit": lazy(() => import("./resources/coaches/form")),
  "/plans": lazy(() => import("./resources/workout-plans/list")),
  "/moves": lazy(() => import("./resources/exercise-moves/list")),
};

// One route for both, so that opening a class does not make the timetable anew.
const timetable = /^\/(?:classes\/(?<id>[^/]+))?\/?$/;

const places = [
  { path: "/", label: "Timetable", icon: <CalendarIcon /> },
  { path: "/coaches", label: "Coaches", icon: <PeopleIcon /> },
  { path: "/plans", label: "Plans", icon: <PlanIcon /> },
  { path: "/moves", label: "Moves", icon: <DumbbellIcon /> },
];

export function App() {
  return (
    <Shell places={places} tools={null}>
      <Suspense>
        <Switch>
          <Route path={timetable} component={TimetablePage} />
          {Object.entries(pages).map(([path, page]) => (
            <Route key={path} path={path} component={page} />
          ))}
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Shell>
  );
}
