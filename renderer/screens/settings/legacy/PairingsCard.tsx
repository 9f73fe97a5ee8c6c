import { TextInput } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useState } from "react";
import type { LegacyDoorView } from "#contract/ipc/legacy-intents.ts";
import { formatIsoDay } from "../../../i18n/formats.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { Press } from "../../../parts/Press.tsx";
import { formatTime } from "../devices/format-time.ts";
import { CopyFact } from "./CopyFact.tsx";
import { useLegacyText } from "./legacy-texts.ts";
import type { LegacyPageDesk } from "./use-legacy.ts";

/** As main takes it. */
const mostNameCharacters = 40;

/** Which old tills are heard over HTTPS, and the token that is shown once. */
export function PairingsCard({ view, desk }: { readonly view: LegacyDoorView; readonly desk: LegacyPageDesk }) {
  const text = useLegacyText();
  const [paired, setPaired] = useState<{ readonly name: string; readonly token: string } | null>(null);
  const [typed, setTyped] = useState("");
  const name = typed.trim();
  const pair = async (): Promise<void> => {
    const token = await desk.pair(name);
    if (token === null) return;
    setPaired({ name, token });
    setTyped("");
  };
  return (
    <section className="settings-card" data-testid="legacy-pairings">
      <h3>
        <IconLink size={22} aria-hidden />
        {text("pairings")}
      </h3>
      {view.pairings.length === 0 && <p className="settings-soft">{text("pairings.none")}</p>}
      <ul className="legacy-list">
        {view.pairings.map((one) => (
          <PairingRow
            key={one.name}
            one={one}
            onUnpair={async () => {
              await desk.unpair(one.name);
              setPaired(null);
            }}
          />
        ))}
      </ul>
      {paired !== null && (
        <div role="status" className="legacy-token">
          <CopyFact label={text("token", { name: paired.name })} value={paired.token} testId="legacy-token" />
          <p>{text("token.once")}</p>
        </div>
      )}
      <p className="settings-soft">{text("pairings.lead")}</p>
      <div className="legacy-pair">
        <TextInput
          className="settings-field"
          size="md"
          label={text("name")}
          data-testid="legacy-name"
          value={typed}
          maxLength={mostNameCharacters}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && name !== "" && void pair()}
        />
        <Press data-testid="legacy-pair" disabled={name === ""} onClick={() => void pair()}>
          {text("pair")}
        </Press>
      </div>
    </section>
  );
}

function PairingRow(props: {
  readonly one: LegacyDoorView["pairings"][number];
  readonly onUnpair: () => Promise<void>;
}) {
  const { one, onUnpair } = props;
  const { name, madeAtMs, lastAtMs } = one;
  const text = useLegacyText();
  const place = useClockPlace();
  const [isSure, setSure] = useState(false);
  return (
    <li data-testid="legacy-pairing">
      <div>
        <strong>{name}</strong>
        <span className="settings-soft figures">
          {lastAtMs === null ? text("last.none") : text("last", { time: formatTime(lastAtMs, place) })} ·{" "}
          {text("made", { day: formatIsoDay(madeAtMs, place) })}
        </span>
      </div>
      {isSure ? (
        <>
          <Press tone="danger" data-testid="legacy-unpair-sure" onClick={() => void onUnpair()}>
            {text("unpair.sure")}
          </Press>
          <Press onClick={() => setSure(false)}>{text("unpair.keep")}</Press>
        </>
      ) : (
        <Press tone="quiet" data-testid="legacy-unpair" onClick={() => setSure(true)}>
          {text("unpair")}
        </Press>
      )}
    </li>
  );
}
