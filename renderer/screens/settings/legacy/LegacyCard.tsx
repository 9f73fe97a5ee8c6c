import { TextInput } from "@mantine/core";
import { IconDeviceDesktop } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { LegacyDoorView } from "#contract/ipc/legacy-intents.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { send } from "../../../till-client.ts";
import { useLegacyText } from "./legacy-texts.ts";

/** As main takes it. */
const mostNameCharacters = 40;

/** Old tills that take WeChat Pay by this one: where they send to, whom they pin, and the token that is shown once. */
export function LegacyCard() {
  const text = useLegacyText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [door, setDoor] = useState<LegacyDoorView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [paired, setPaired] = useState<{ readonly name: string; readonly token: string } | null>(null);
  const [name, setName] = useState("");
  useEffect(() => {
    void send("legacy-door", {}).then((answer) => answer.ok && setDoor(answer.value));
  }, []);
  if (door === null || door.state === "off") return null;

  const pair = async (): Promise<void> => {
    const answer = await send("pair-legacy", { name: name.trim() });
    setFault(answer.ok ? null : answer.fault);
    if (!answer.ok) return;
    setDoor(answer.value);
    setPaired({ name: name.trim(), token: answer.value.token });
    setName("");
  };
  const unpair = async (which: string): Promise<void> => {
    const answer = await send("unpair-legacy", { name: which });
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) setDoor(answer.value);
    setPaired(null);
  };

  return (
    <section className="settings-card" data-testid="legacy-card" data-state={door.state}>
      <h3>
        <IconDeviceDesktop size={22} aria-hidden />
        {text("door")}
      </h3>
      <p className="settings-soft">{text(`${door.state}`)}</p>
      <Fact label={text("url")} value={door.url} testId="legacy-url" />
      <Fact label={text("fingerprint")} value={door.fingerprint} testId="legacy-fingerprint" />
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      {door.pairings.map((one) => (
        <div key={one.name} className="legacy-pairing" data-testid="legacy-pairing">
          <span>{one.name}</span>
          <Press data-testid="legacy-unpair" onClick={() => void unpair(one.name)}>
            {text("unpair")}
          </Press>
        </div>
      ))}
      {paired !== null && (
        <div role="status">
          <Fact label={text("token", { name: paired.name })} value={paired.token} testId="legacy-token" />
          <p className="settings-soft">{text("token.once")}</p>
        </div>
      )}
      <div className="legacy-pair">
        <TextInput
          className="settings-field"
          size="md"
          label={text("name")}
          data-testid="legacy-name"
          value={name}
          maxLength={mostNameCharacters}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && name.trim() !== "" && void pair()}
        />
        <Press tone="primary" data-testid="legacy-pair" disabled={name.trim() === ""} onClick={() => void pair()}>
          {text("pair")}
        </Press>
      </div>
    </section>
  );
}

function Fact(props: { readonly label: string; readonly value: string; readonly testId: string }) {
  return (
    <p className="legacy-fact">
      <span>{props.label}</span>
      <code data-testid={props.testId} lang="zxx">
        {props.value}
      </code>
    </p>
  );
}
