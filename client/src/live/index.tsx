import { Redirect } from "wouter";

/** The first of the live pages. */
export default function Live() {
  return <Redirect to="/live/time" replace />;
}
