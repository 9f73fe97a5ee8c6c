import type { SyncTrouble } from "#contract/ipc/sync-view.ts";
import { useSyncText } from "./sync-texts.ts";

/** Why head office refuses this till, that nothing is lost by it, and what a person does now. */
export function TroubleCard({ trouble }: { readonly trouble: SyncTrouble }) {
  const text = useSyncText();
  return (
    <section className="manager-card sync-trouble" role="status" data-testid="sync-trouble" data-trouble={trouble}>
      <strong>{text(`trouble.${trouble}`)}</strong>
      <p>{text(`trouble.${trouble}.next`)}</p>
    </section>
  );
}
