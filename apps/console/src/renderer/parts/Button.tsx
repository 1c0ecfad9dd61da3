import { Button as AriaButton, type ButtonProps } from 'react-aria-components';

interface Props extends ButtonProps {
  readonly tone?: 'primary' | 'plain' | 'danger' | 'quiet';
}

/** The one button of the console. */
export function Button({ tone = 'plain', className, ...props }: Props) {
  return (
    <AriaButton {...props} className={`button button-${tone}${className ? ` ${String(className)}` : ''}`} />
  );
}
