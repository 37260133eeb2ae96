/** From an appointment back to the choice of a time. */
import { EMPTY, formatSelection, isNeed, STEP_PATH } from "../model";
import type { Appointment } from "../types";

/** Address of free times for the same services and needs, at all offices. */
export function sameWish({ services, needs }: Pick<Appointment, "services" | "needs">): string {
  const wish = services.map(({ service, quantity }) => ({ service, quantity }));
  return `${STEP_PATH.time}?${formatSelection({ ...EMPTY, services: wish, needs: needs.filter(isNeed) })}`;
}
