import { useEffect, useState } from "react";
import type { LegacyFileAnswers, LegacyFileSample } from "#contract/ipc/legacy-file-intents.ts";
import { send } from "../../../till-client.ts";
import { useFilesText } from "./files-texts.ts";

/** The file as it would look, written by what writes the real one. Empty while a column has no name of its own. */
export function SampleFile({ asked }: { readonly asked: LegacyFileSample | null }) {
  const text = useFilesText();
  const [sample, setSample] = useState<LegacyFileAnswers["sample-legacy-file"] | null>(null);
  useEffect(() => {
    if (asked === null) return;
    let isNewest = true;
    void send("sample-legacy-file", asked).then((answer) => {
      if (isNewest && answer.ok) setSample(answer.value);
    });
    return () => {
      isNewest = false;
    };
  }, [asked]);
  return (
    <div className="files-sample">
      <h4>{text("sample")}</h4>
      {sample !== null && <p className="settings-soft">{text(sample.isOwn ? "sample.own" : "sample.made-up")}</p>}
      <pre data-testid={asked === null ? undefined : `files-${asked.of}-sample`} lang="zxx">
        {sample?.text.replace("\uFEFF", "")}
      </pre>
    </div>
  );
}
