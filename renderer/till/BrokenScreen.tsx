import "./till.css";
import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Component, type ReactNode } from "react";
import { useTillText } from "../i18n/till-texts.ts";

/** Catches a bug in drawing. The sale lives in main, so reloading the page loses nothing. */
export class BrokenScreen extends Component<{ readonly children: ReactNode }, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <BrokenNote /> : this.props.children;
  }
}

function BrokenNote() {
  const text = useTillText();
  return (
    <main className="till-alone" role="alert">
      <IconAlertTriangle size={64} aria-hidden />
      <p>{text("app.broken")}</p>
      <Button onClick={() => window.location.reload()} size="xl">
        {text("app.reload")}
      </Button>
    </main>
  );
}
