import "../dialogs/dialogs.css";
import "./members.css";
import { useState } from "react";
import { useSection } from "../../till-client.ts";
import { EnrolDialog } from "./EnrolDialog.tsx";
import { FindMember } from "./FindMember.tsx";
import { MemberOnSale } from "./MemberOnSale.tsx";

/** Insert: whose sale it is. Somebody is found, enrolled, or scanned meanwhile; once there is one, their points. */
export function MemberDialog() {
  const { member } = useSection("sale");
  const [enrolling, setEnrolling] = useState<string | null>(null);
  if (member !== undefined) return <MemberOnSale key={member.memberId} member={member} />;
  if (enrolling !== null) return <EnrolDialog phone={enrolling} onClose={() => setEnrolling(null)} />;
  return <FindMember onEnrol={setEnrolling} />;
}
