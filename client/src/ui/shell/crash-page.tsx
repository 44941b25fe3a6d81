import { useLayoutEffect } from "react";
import { texts } from "./texts";

/** Instead of a blank page, when the whole app failed. It needs nothing that could be missing. */
export function CrashPage() {
  useLayoutEffect(() => {
    // What says so otherwise may be what failed.
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset["mantineColorScheme"] ??= dark ? "dark" : "light";
  }, []);
  return (
    <main className="broken" role="alert">
      <h1>{texts.stopped}</h1>
      <p>{texts.stoppedExplained}</p>
      <button type="button" onClick={() => location.reload()}>
        {texts.loadAgain}
      </button>
      <a href="/">{texts.goToTimetable}</a>
    </main>
  );
}
