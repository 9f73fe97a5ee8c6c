import { useEffect } from "react";
import { currentView, send } from "../till-client.ts";

/** Main locks by the minute: telling it more often than this changes nothing. Milliseconds. */
const tellEveryMs = 5_000;

/** Tells main that somebody is at the till, so that it does not lock under their hands. A scan main hears itself. */
export function useTouches(): void {
  useEffect(() => {
    let toldAtMs = -tellEveryMs;
    const tell = ({ timeStamp }: Event): void => {
      const { session } = currentView();
      if (session === null || session.isLocked || timeStamp - toldAtMs < tellEveryMs) return;
      toldAtMs = timeStamp;
      void send("touch", {});
    };
    window.addEventListener("pointerdown", tell, true);
    window.addEventListener("keydown", tell, true);
    return () => {
      window.removeEventListener("pointerdown", tell, true);
      window.removeEventListener("keydown", tell, true);
    };
  }, []);
}
