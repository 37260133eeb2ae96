/** Which icon stands beside which way to settle a concern. */
import type { ServiceWay } from "../../../api/types";
import type { IconName } from "../../../ui/Icon";

export const WAY_ICONS: Record<ServiceWay["kind"], IconName> = {
  online: "screen",
  link_out: "screen",
  post: "letter",
  pickup_box: "box",
  phone: "phone",
  express: "express",
  walk_in: "door",
  appointment: "calendar",
};
