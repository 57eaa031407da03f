import { Avatar, Badge, Button, Group, Text } from '@mantine/core';
import type { Member, Role, Website } from '../../api/types.ts';
import { confirm } from '../../parts/confirm.tsx';
import { Line, Lines } from '../../parts/lines.tsx';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';
import classes from './members.module.css';
import { RoleSelect } from './role-select.tsx';
import { useMemberChanges } from './use-member-changes.ts';

const words = text.members;

export interface MemberListProps {
  readonly website: Website;
  readonly members: readonly Member[];
}

export function MemberList({ website, members }: MemberListProps) {
  const { changeRole, remove } = useMemberChanges(website);
  const { host } = website;
  const isOwner = website.role === 'owner';
  const owners = members.filter(({ role }) => role === 'owner').length;
  const isLastOwner = (member: Member) => member.role === 'owner' && owners === 1;

  const choose = (member: Member, role: Role) => {
    if (role === member.role) return;
    if (!member.you) changeRole({ member, role });
    else {
      confirm({
        title: words.stepDownTitle,
        why: words.stepDownWhy,
        action: words.stepDown,
        onConfirm: () => changeRole({ member, role }),
      });
    }
  };
  const askToRemove = (member: Member) =>
    confirm({
      title: member.you ? words.leaveTitle(host) : words.removeTitle(member.name),
      why: member.you ? words.leaveWhy : words.removeWhy(host),
      action: member.you ? words.leave : words.remove,
      onConfirm: () => remove(member),
    });

  return (
    <Section title={words.list}>
      <Lines label={words.list}>
        {members.map((member) => (
          <Line
            key={member.userId}
            mark={<Avatar name={member.name} color="sea" size={38} aria-hidden className={classes['avatar'] ?? ''} />}
            actions={
              <Group gap="xs" className={classes['actions'] ?? ''}>
                {isOwner && !isLastOwner(member) ? (
                  <RoleSelect
                    label={words.roleOf(member.name)}
                    value={member.role}
                    onChange={(role) => choose(member, role)}
                  />
                ) : (
                  <Text size="sm">{text.roles[member.role]}</Text>
                )}
                {(isOwner || member.you) && !isLastOwner(member) && (
                  <Button
                    variant="subtle"
                    color="red"
                    size="xs"
                    aria-label={member.you ? words.leave : words.removeWho(member.name)}
                    onClick={() => askToRemove(member)}
                  >
                    {member.you ? words.leave : words.remove}
                  </Button>
                )}
              </Group>
            }
          >
            <Group gap={8}>
              <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                {member.name}
              </Text>
              {member.you && (
                <Badge variant="light" tt="none">
                  {words.you}
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {member.email}
            </Text>
            {member.you && isLastOwner(member) && members.length > 1 && (
              <Text size="xs" c="dimmed" mt={4}>
                {words.lastOwner}
              </Text>
            )}
          </Line>
        ))}
      </Lines>
    </Section>
  );
}
