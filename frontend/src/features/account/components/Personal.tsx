/** Pages of one's own area: shown when signed in, else the way to sign in under the same address. */
import type { ReactNode } from "react";
import { useSession } from "../../../api/session";
import type { Session } from "../../../api/types";
import { Ready } from "../../../ui/Ready";
import { SignIn } from "./SignIn";

interface Props {
  title: string;
  children: (session: Session) => ReactNode;
}

export function Personal({ title, children }: Props): ReactNode {
  return (
    <Ready reading={useSession()}>
      {(session) => (session.signed_in ? children(session) : <SignIn title={title} />)}
    </Ready>
  );
}
