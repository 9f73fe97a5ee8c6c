import { IconFolderOpen } from "@tabler/icons-react";
import { Press } from "../../../parts/Press.tsx";
import { useImageText } from "./image-texts.ts";
import type { FolderWork } from "./use-image-folder.ts";

/** Has main ask for a folder; the one before is forgotten then. */
export function ChooseFolder(props: {
  readonly work: FolderWork;
  readonly isAgain?: boolean;
  readonly isPrimary?: boolean;
  readonly isOff?: boolean;
}) {
  const { work, isAgain = false, isPrimary = false, isOff = false } = props;
  const text = useImageText();
  return (
    <Press
      tone={isPrimary ? "primary" : "plain"}
      data-testid="image-folder-choose"
      disabled={isOff}
      onClick={() => void work.step("image-folder-choose")}
    >
      <IconFolderOpen size={22} aria-hidden />
      {text(isAgain ? "another-folder" : "choose-folder")}
    </Press>
  );
}
