-- What each active user may do, for plugins that ask of somebody else than the one who acts. Administrators have '*'.
create view core.user_level_v1 as
  select u.id as user_id, g.permission, g.level
    from core.app_user u join core.profile p on p.id = u.profile_id join core.profile_grant g on g.profile_id = p.id
   where u.active and not p.everything and g.level > 0
  union all
  select u.id, '*', 3::smallint from core.app_user u join core.profile p on p.id = u.profile_id where u.active and p.everything;
