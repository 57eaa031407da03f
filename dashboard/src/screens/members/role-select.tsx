import { Select, Text } from '@mantine/core';
import type { Role } from '../../api/types.ts';
import { text } from '../../text/text.ts';

const roles = ['owner', 'editor', 'viewer'] as const satisfies readonly Role[];
const data = roles.map((role) => ({ value: role, label: text.roles[role] }));

export interface RoleSelectProps {
  readonly label: string;
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

/** A role, each with what it may do. */
export function RoleSelect({ label, value, onChange }: RoleSelectProps) {
  return (
    <Select
      aria-label={label}
      data={data}
      value={value}
      onChange={(next) => next !== null && onChange(next)}
      allowDeselect={false}
      size="sm"
      w={124}
      comboboxProps={{ width: 290, position: 'bottom-end' }}
      renderOption={({ option }) => (
        <div>
          <Text size="sm" fw={600}>
            {option.label}
          </Text>
          <Text size="xs" c="dimmed">
            {words[option.value as Role]}
          </Text>
        </div>
      )}
    />
  );
}

const words = text.members.roleWhy;
