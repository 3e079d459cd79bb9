-- open: a node that stands open proposes that the fleet follows. Status OPENED, VOTED, STALE.
-- ARGV 6 reason, 7 votes needed, 8 vote TTL ms, 9 '1': the node votes, '0': the votes were left by sync.lua, 10..14 interval
local function votes(ttl)
  dropUnlessSorted(VOTES_KEY)
  if ARGV[9] == '1' then
    redis.call('ZADD', VOTES_KEY, digits(now), NODE)
  end
  redis.call('ZREMRANGEBYSCORE', VOTES_KEY, '-inf', digits(now - ttl))
  redis.call('PEXPIRE', VOTES_KEY, digits(ttl))
  return redis.call('ZCARD', VOTES_KEY)
end

-- An opening that follows soon on the last one lasts longer.
local function streak()
  local soon = current.interval > 0 and now - current.since < current.interval
  return (current.state == RECOVERING or soon) and current.streak + 1 or 0
end

if unusable then
  return answer(unusable)
end
local needed, voteTtl = argument(7, 1, 1000000), argument(8, 1, DAY)
local interval = intervalArguments(10)
makeDueChanges()
if KNOWN_EPOCH ~= current.epoch or not (current.state == CLOSED or current.state == RECOVERING) then
  return answer('STALE')
end
if needed > 1 and votes(voteTtl) < needed then
  return answer('VOTED')
end
open(ARGV[6], streak(), interval)
return answer('OPENED')
