import { useLayoutEffect } from "react";

/** Instead of a blank page, when the whole app failed. It needs nothing that could be missing. */
export function CrashPage() {
  useLayoutEffect(() => {
    // What says so otherwise may be what failed.
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset["mantineColorScheme"] ??= dark ? "dark" : "light";
  }, []);
  return (
    <main className="broken" role="alert">
      <h1>Spotter stopped</h1>
      <p>Something went wrong on this page. What was saved is safe, and so is what you typed.</p>
      <button type="button" onClick={() => location.reload()}>
        Load again
      </button>
      <a href="/">Go to the timetable</a>
    </main>
  );
}
