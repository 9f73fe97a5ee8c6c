import { IconCheck, IconProgress, IconX } from "@tabler/icons-react";
import type { DeviceView } from "#contract/ipc/devices-view.ts";
import { useDeviceText } from "./device-texts.ts";

/** What lies on the scale now, so that whoever set it up sees at once that it works. */
export function LiveWeight({ weight }: { readonly weight: DeviceView["weight"] }) {
  const text = useDeviceText();
  const state = stateOf(weight);
  const MarkIcon = state === "stable" ? IconCheck : state === "moving" ? IconProgress : IconX;
  const grams = weight?.grams ?? null;
  return (
    <p
      className={`live-weight live-weight-${state}`}
      data-testid="live-weight"
      data-state={state}
      data-grams={grams ?? ""}
    >
      {grams !== null && <strong className="figures">{text("scale.grams", { grams })}</strong>}
      <span>
        <MarkIcon size={18} aria-hidden />
        {text(`scale.now.${state}`)}
      </span>
    </p>
  );
}

function stateOf(weight: DeviceView["weight"]): "silent" | "over" | "under" | "stable" | "moving" {
  if (weight === null) return "silent";
  if (weight.isOver) return "over";
  if (weight.isUnder) return "under";
  return weight.isStable ? "stable" : "moving";
}
