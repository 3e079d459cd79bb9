-- beat: this node is alive, and how many are. KEYS 1 nodes; ARGV 1 node, 2 how long a sign of life counts, ms; answer now, live
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local size = redis.pcall('ZCARD', KEYS[1])
if type(size) == 'table' and size.err then
  redis.call('DEL', KEYS[1])
end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
-- a sign of life from the future is nobody's, and would count for ever
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')
redis.call('PEXPIRE', KEYS[1], ARGV[2] * 2)
return {now, redis.call('ZCARD', KEYS[1])}
