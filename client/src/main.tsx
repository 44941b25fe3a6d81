import "./ui/fonts.css";
import "./ui/mantine.css";
import "./ui/tokens.css";
import "./ui/base.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { storedToken } from "./accounts/token";
import { App } from "./app";
import { protocol } from "./protocol";
import { createRealtime, RealtimeProvider } from "@spotter/realtime";
import { Broken } from "./ui/broken";
import { ErrorBoundary } from "./ui/error-boundary";
import { cssVariables, theme } from "./ui/theme";

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
    <ErrorBoundary failed={() => <Broken />}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <RealtimeProvider value={realtime}>
          <App />
        </RealtimeProvider>
        <Notifications position="bottom-right" limit={4} />
      </MantineProvider>
    </ErrorBoundary>
  </StrictMode>,
);
