/** A fault in a page never leaves an empty window: frame, help and a way on stay. */
import { Component, type ReactNode } from "react";
import { ErrorPage } from "../ui/ErrorPage";

interface State {
  error: unknown;
  path: string;
}

export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null, path: "" };

  static getDerivedStateFromError(error: unknown): State {
    return { error, path: window.location.pathname };
  }

  /** Another address is another page: the fault stays behind. */
  override componentDidUpdate(): void {
    if (this.state.error && this.state.path !== window.location.pathname) this.setState({ error: null, path: "" });
  }

  override render(): ReactNode {
    return this.state.error ? <ErrorPage error={this.state.error} /> : this.props.children;
  }
}
