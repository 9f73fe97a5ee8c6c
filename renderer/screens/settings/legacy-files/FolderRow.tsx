import { IconAlertTriangle, IconFolder } from "@tabler/icons-react";
import type { LegacyFolderFault } from "#contract/ipc/legacy-file-intents.ts";
import { Press } from "../../../parts/Press.tsx";
import { useFilesText } from "./files-texts.ts";

/** A folder shared with another system, chosen by the system's own question. */
export function FolderRow(props: {
  readonly folder: string;
  readonly testId: string;
  /** Why it was refused, or cannot be used now. */
  readonly fault: LegacyFolderFault | null;
  readonly onChoose: () => void;
}) {
  const { folder, testId, fault, onChoose } = props;
  const text = useFilesText();
  return (
    <div className="files-folder">
      <div>
        <p className="files-path" data-testid={testId}>
          <IconFolder size={20} aria-hidden />
          {folder === "" ? text("folder.none") : folder}
        </p>
        {fault !== null && (
          <p className="settings-warning" role="alert" data-testid={`${testId}-fault`}>
            <IconAlertTriangle size={20} aria-hidden />
            {text(`fault.${fault}`)}
          </p>
        )}
      </div>
      <Press
        {...(folder === "" ? { tone: "primary" as const } : {})}
        data-testid={`${testId}-choose`}
        onClick={onChoose}
      >
        {text(folder === "" ? "folder.choose" : "folder.change")}
      </Press>
    </div>
  );
}
