import { IconFileExport } from "@tabler/icons-react";
import { useMemo } from "react";
import type { OutgoingState, OutgoingWritten } from "#contract/ipc/legacy-file-intents.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { Choice } from "../Choice.tsx";
import { formatTime } from "../devices/format-time.ts";
import { ByHand } from "./ByHand.tsx";
import { ColumnsTable } from "./ColumnsTable.tsx";
import { useFilesText } from "./files-texts.ts";
import { FolderRow } from "./FolderRow.tsx";
import { FormFields } from "./FormFields.tsx";
import { SampleFile } from "./SampleFile.tsx";
import { columnFault, type Out, type OutOf } from "./wanted.ts";

/** One kind of file for other systems: whether, where, when, and what stands in it. */
export function OutCard<Kind extends Out>(props: {
  readonly of: OutOf;
  /** Undefined where nobody has said anything of it. */
  readonly out: Kind | undefined;
  readonly usual: Kind;
  readonly state: OutgoingState | null;
  readonly refused: OutgoingState["fault"];
  readonly today: string;
  /** What is shown is what was saved. */
  readonly isSaved: boolean;
  readonly onWrite: (of: OutOf, day: string | null) => Promise<OutgoingWritten | null>;
  readonly onChange: (out: Kind) => void;
  readonly onChooseFolder: () => Promise<string | null>;
}) {
  const { of, out, usual, state, refused, today, isSaved, onWrite, onChange, onChooseFolder } = props;
  const text = useFilesText();
  const place = useClockPlace();
  const shown = out ?? { ...usual, isOn: false };
  const asked = useMemo(() => (out === undefined ? null : askedOf(of, out)), [of, out]);
  const choose = async (): Promise<void> => {
    const folder = await onChooseFolder();
    if (folder !== null) onChange({ ...shown, folder });
  };
  return (
    <section className="settings-card" data-testid={`files-${of}`}>
      <h3>
        <IconFileExport size={22} aria-hidden />
        {text(of)}
      </h3>
      <p className="settings-soft">{text(`${of}.lead`)}</p>
      <Choice
        label={text("write")}
        testId={`files-${of}-on`}
        value={shown.isOn ? "on" : "off"}
        options={(["off", "on"] as const).map((value) => ({ value, words: text(`write.${value}`) }))}
        onChoose={(value) => onChange({ ...shown, isOn: value === "on" })}
      />
      {shown.isOn && (
        <>
          <FolderRow
            folder={shown.folder}
            testId={`files-${of}-folder`}
            fault={refused ?? state?.fault ?? null}
            onChoose={() => void choose()}
          />
          <p className="settings-soft" data-testid={`files-${of}-last`}>
            {state?.last
              ? text("last", { name: state.last.name, time: formatTime(state.last.atMs, place) })
              : text("last.none")}
          </p>
          <ByHand {...{ of, today, isSaved }} onWrite={(day) => onWrite(of, day)} />
          <FormFields of={of} out={shown} onChange={(next) => onChange({ ...shown, ...next })} />
          <ColumnsTable
            {...{ of, columns: shown.columns, all: usual.columns }}
            // Of this kind's own fields, as the table is given no others.
            onChange={(columns) => onChange({ ...shown, columns })}
          />
          <SampleFile asked={asked} />
        </>
      )}
    </section>
  );
}

function askedOf(of: OutOf, out: Out): Parameters<typeof SampleFile>[0]["asked"] {
  const { isOn: _, folder: __, at: ___, afterShiftClose: ____, fromFirstSale: _____, ...layout } = out;
  if (layout.columns.some((_column, at) => columnFault(layout.columns, at) !== null)) return null;
  // A kind's columns are of its own fields.
  return { of, layout } as Parameters<typeof SampleFile>[0]["asked"];
}
