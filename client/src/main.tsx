import "./ui/base/fonts.css";
import "./ui/base/mantine.css";
import "./ui/base/tokens.css";
import "./ui/base/global.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { storedToken } from "./accounts/token";
import { App } from "./app";
import { protocol } from "./protocol";
import { createRealtime, RealtimeProvider } from "@spotter/realtime";
import { CrashPage } from "./ui/shell/crash-page";
import { ErrorBoundary } from "./ui/shell/error-boundary";
import { cssVariables, theme } from "./ui/base/theme";

const realtime = createRealtime({ protocol, credentials: storedToken });

if ("serviceWorker" in navigator && import.meta.env.PROD) {
  // After everything that the page itself needs.
  addEventListener("load", () => {
    // A browser that keeps nothing refuses: then the app needs a connection to open.
    navigator.serviceWorker.register("/sw.js").catch(() => {});
  });
}

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <ErrorBoundary failed={() => <CrashPage />}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <RealtimeProvider value={realtime}>
          <App />
        </RealtimeProvider>
        <Notifications position="bottom-right" limit={4} />
      </MantineProvider>
    </ErrorBoundary>
  </StrictMode>,
);
