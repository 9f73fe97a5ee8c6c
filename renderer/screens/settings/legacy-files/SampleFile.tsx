import { useEffect, useState } from "react";
import type { LegacyFileSample } from "#contract/ipc/legacy-file-intents.ts";
import { send } from "../../../till-client.ts";
import { useFilesText } from "./files-texts.ts";

/** The file as it would look, written by what writes the real one. Empty while a column has no name of its own. */
export function SampleFile({ asked }: { readonly asked: LegacyFileSample | null }) {
  const text = useFilesText();
  const [sample, setSample] = useState("");
  useEffect(() => {
    if (asked === null) return;
    let isNewest = true;
    void send("sample-legacy-file", asked).then((answer) => {
      if (isNewest && answer.ok) setSample(answer.value.text);
    });
    return () => {
      isNewest = false;
    };
  }, [asked]);
  return (
    <div className="files-sample">
      <h4>{text("sample")}</h4>
      <pre data-testid={asked === null ? undefined : `files-${asked.of}-sample`} lang="zxx">
        {sample.replace("\uFEFF", "")}
      </pre>
    </div>
  );
}
