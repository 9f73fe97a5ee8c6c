import { TextInput } from "@mantine/core";
import { IconBarcode, IconCloudUp, IconPackages, IconPlugConnectedX, IconUserPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { OfficeView } from "#contract/ipc/office-view.ts";
import { groupEnrolmentCode, readEnrolmentCode } from "#core/barcode/enrolment-code.ts";
import { Press } from "../../../parts/Press.tsx";
import { useSyncText } from "../../sync/sync-texts.ts";

/** As main takes it. */
const mostCharacters = 40;
/** Ten characters of the code; until so many are there, nothing is wrong yet. */
const codeCharacters = 10;

/** The one-time code, typed or scanned, and what follows once it is taken. */
export function EnrolCard(props: {
  readonly terminalKey: string;
  readonly scanned: OfficeView["scanned"];
  readonly waiting: number;
  /** Head office refuses the till: it enrols anew. */
  readonly isAgain: boolean;
  readonly onEnrol: (code: string) => Promise<void>;
}) {
  const { terminalKey, scanned, waiting, isAgain, onEnrol } = props;
  const text = useSyncText();
  const [typed, setTyped] = useState("");
  const [isEnrolling, setEnrolling] = useState(false);
  useEffect(() => {
    if (scanned !== null) setTyped(groupEnrolmentCode(scanned.code));
  }, [scanned]);
  const code = readEnrolmentCode(typed);
  const isWrong = code === null && typed.replaceAll(/[\s-]/g, "").length >= codeCharacters;
  const enrol = (): void => {
    if (code === null || isEnrolling) return;
    setEnrolling(true);
    void onEnrol(code).finally(() => setEnrolling(false));
  };
  return (
    <section className="settings-card office-enrol" data-testid="office-enrol">
      <div className="office-code">
        <h3>{text(isAgain ? "office.enrol.again" : "office.enrol")}</h3>
        <p>{text("office.enrol.lead", { till: terminalKey })}</p>
        <TextInput
          className="settings-field office-code-field"
          size="lg"
          label={text("office.code")}
          description={text("office.code.hint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          error={isWrong ? text("office.code.wrong") : null}
          leftSection={<IconBarcode size={26} aria-hidden />}
          data-testid="office-code"
          value={typed}
          maxLength={mostCharacters}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value.toUpperCase())}
          onKeyDown={(event) => event.key === "Enter" && enrol()}
        />
        <Press tone="primary" data-testid="office-enrol-do" disabled={code === null || isEnrolling} onClick={enrol}>
          {text(isEnrolling ? "office.enrol.doing" : "office.enrol.do")}
        </Press>
      </div>
      <WhatFollows waiting={waiting} />
    </section>
  );
}

function WhatFollows({ waiting }: { readonly waiting: number }) {
  const text = useSyncText();
  return (
    <div className="office-next">
      <h3>{text("office.next")}</h3>
      <ul className="settings-needs">
        <li>
          <IconCloudUp size={24} aria-hidden />
          {text("office.next.upload", { count: waiting })}
        </li>
        <li>
          <IconPackages size={24} aria-hidden />
          {text("office.next.feeds")}
        </li>
        <li>
          <IconPlugConnectedX size={24} aria-hidden />
          {text("office.next.offline")}
        </li>
        <li>
          <IconUserPlus size={24} aria-hidden />
          {text("office.next.pin")}
        </li>
      </ul>
    </div>
  );
}
