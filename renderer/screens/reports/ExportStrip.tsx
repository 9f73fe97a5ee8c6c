import { Press } from "../../parts/Press.tsx";
import { send, useFromSection } from "../../till-client.ts";
import { useReportsText } from "./reports-texts.ts";

/** How far an export is, and the way to stop it; what the last one came to. */
export function ExportStrip({ said }: { readonly said: string }) {
  const text = useReportsText();
  const percent = useFromSection("reports", ({ exportShare }) =>
    exportShare === null ? null : Math.floor(exportShare * 100),
  );
  if (percent === null && said === "") return null;
  return (
    <div className="reports-strip" role="status" data-testid="export-strip">
      {percent === null ? (
        <span>{said}</span>
      ) : (
        <>
          <progress max={100} value={percent} aria-label={text("export")} />
          <span className="figures">{text("export.running", { percent })}</span>
          <Press data-testid="export-cancel" onClick={() => void send("cancel-report-export", {})}>
            {text("export.cancel")}
          </Press>
        </>
      )}
    </div>
  );
}
