import { Component, type ReactNode } from 'react';

type Props = { readonly onCrash: (error: unknown) => void; readonly children: ReactNode };

/** Draws nothing once a view has thrown, and tells who ends the wizard. Only a class can be one. */
export class CrashBoundary extends Component<Props, { readonly isCrashed: boolean }> {
  override state = { isCrashed: false };

  static getDerivedStateFromError(): { readonly isCrashed: boolean } {
    return { isCrashed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onCrash(error);
  }

  override render(): ReactNode {
    return this.state.isCrashed ? null : this.props.children;
  }
}
