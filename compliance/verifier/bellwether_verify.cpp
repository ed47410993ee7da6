// bellwether_verify: does an exported evidence bundle prove what it says?
//
//     g++ -std=c++20 -O2 bellwether_verify.cpp -lsodium -o bellwether_verify
//     bellwether_verify BUNDLE [--checkpoint FILE]... [--key FILE] [--json]
//
// BUNDLE is the folder or .tar that `bellwether audit export` wrote, or a proof of one record. This
// program shares no code with Bellwether: the formats are described in
// compliance/evidence/README.md and in RFC 9162 §2.1 (the tree), c2sp.org/tlog-checkpoint and
// c2sp.org/signed-note (what is signed). Exit: 0 it verifies, 9 it does not, 2 wrong usage, 5 there
// is no such file.

#include <sodium.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using Bytes = std::string;
using Seq = std::uint64_t;

// --- hashes and text ---

const unsigned char* raw(const Bytes& bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

Bytes sha256(const Bytes& bytes) {
    Bytes digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()), raw(bytes), bytes.size());
    return digest;
}

Bytes leaf_of(const Bytes& record) { return sha256(Bytes(1, '\0') + record); }
Bytes node_of(const Bytes& left, const Bytes& right) { return sha256("\1" + left + right); }

std::optional<Bytes> from_hex(const Bytes& text) {
    if (text.size() != 64) return std::nullopt;
    Bytes bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto digit = [&](std::size_t at) {
            return std::string_view{"0123456789abcdef"}.find(text[at]);
        };
        if (digit(i) > 15 || digit(i + 1) > 15) return std::nullopt;
        bytes += static_cast<char>(digit(i) * 16 + digit(i + 1));
    }
    return bytes;
}

std::optional<Bytes> from_base64(const Bytes& text) {
    Bytes bytes(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &size, nullptr,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

std::optional<Seq> from_decimal(const Bytes& text) {
    Seq value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc{} && stop == end && !text.empty() ? std::optional{value}
                                                                : std::nullopt;
}

std::vector<Bytes> lines_of(const Bytes& text) {
    std::vector<Bytes> lines;
    std::istringstream stream{text};
    for (Bytes line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

// --- JSON, as much of it as bundles hold ---

struct Json {
    enum class Kind { Null, Bool, Number, Text, Array, Object } kind = Kind::Null;
    bool truth = false;
    std::int64_t number = 0;
    Bytes text;
    std::vector<Json> items;
    std::map<Bytes, Json> members;

    const Json& at(const Bytes& key) const {
        static const Json nothing;
        const auto found = members.find(key);
        return found == members.end() ? nothing : found->second;
    }
    bool is(Kind wanted) const { return kind == wanted; }
    bool is_count() const { return kind == Kind::Number && number >= 0; }
    Seq count() const { return static_cast<Seq>(number); }
};

class JsonReader {
public:
    static std::optional<Json> read(std::string_view text) {
        JsonReader reader{text};
        Json json = reader.value(0);
        reader.spaces();
        if (reader.bad_ || !reader.rest_.empty()) return std::nullopt;
        return json;
    }

private:
    explicit JsonReader(std::string_view text) : rest_{text} {}

    void spaces() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
    }
    bool take(std::string_view word) {
        if (bad_ || !rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    Json wrong() {
        bad_ = true;
        return {};
    }

    Json value(int depth) {
        spaces();
        Json json;
        if (depth > 32) return wrong();
        if (take("null")) return json;
        if (take("true") || take("false")) {
            json.kind = Json::Kind::Bool;
            json.truth = *(rest_.data() - 2) == 'u';  // tr-u-e, fal-s-e
            return json;
        }
        if (take("\"")) {
            json.kind = Json::Kind::Text;
            json.text = text();
            return json;
        }
        if (take("[")) return array(depth);
        if (take("{")) return object(depth);
        json.kind = Json::Kind::Number;
        const auto [stop, error] =
            std::from_chars(rest_.data(), rest_.data() + rest_.size(), json.number);
        if (error != std::errc{}) return wrong();
        rest_.remove_prefix(static_cast<std::size_t>(stop - rest_.data()));
        return json;
    }

    Json array(int depth) {
        Json json;
        json.kind = Json::Kind::Array;
        spaces();
        if (take("]")) return json;
        do {
            json.items.push_back(value(depth + 1));
            spaces();
        } while (take(","));
        return take("]") ? json : wrong();
    }

    Json object(int depth) {
        Json json;
        json.kind = Json::Kind::Object;
        spaces();
        if (take("}")) return json;
        do {
            spaces();
            if (!take("\"")) return wrong();
            Bytes key = text();
            spaces();
            if (!take(":")) return wrong();
            json.members[key] = value(depth + 1);
            spaces();
        } while (take(","));
        return take("}") ? json : wrong();
    }

    // Bundles escape as RFC 8785 does: control characters alone as \u00XX.
    Bytes text() {
        Bytes out;
        while (!rest_.empty() && !bad_) {
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '"') return out;
            out += c == '\\' ? escaped() : c;
        }
        bad_ = true;
        return {};
    }

    char escaped() {
        const std::string_view names = "\"\\/bfnrt";
        const std::string_view meanings = "\"\\/\b\f\n\r\t";
        const char c = rest_.empty() ? '\0' : rest_.front();
        rest_.remove_prefix(rest_.empty() ? 0 : 1);
        if (const auto which = names.find(c); which < names.size()) return meanings[which];
        unsigned code = 0;
        const bool fits = c == 'u' && rest_.size() >= 4 && rest_.starts_with("00");
        if (!fits ||
            std::from_chars(rest_.data() + 2, rest_.data() + 4, code, 16).ptr != rest_.data() + 4) {
            bad_ = true;
            return '\0';
        }
        rest_.remove_prefix(4);
        return static_cast<char>(code);
    }

    std::string_view rest_;
    bool bad_ = false;
};

std::optional<std::vector<Bytes>> read_hashes(const Json& json) {
    std::vector<Bytes> hashes;
    for (const Json& item : json.items) {
        const auto hash = from_hex(item.text);
        if (!hash) return std::nullopt;
        hashes.push_back(*hash);
    }
    if (!json.is(Json::Kind::Array)) return std::nullopt;
    return hashes;
}

// --- the tree ---

/// The hashes of the full subtrees of a growing tree; the largest first.
class Tree {
public:
    void add(unsigned level, Bytes hash) {
        for (Seq bit = Seq{1} << level; (size_ & bit) != 0; bit <<= 1U) {
            hash = node_of(peaks_.back(), hash);
            peaks_.pop_back();
        }
        peaks_.push_back(hash);
        size_ += Seq{1} << level;
    }
    Bytes root() const {
        if (peaks_.empty()) return sha256("");
        Bytes root = peaks_.back();
        for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = node_of(peaks_[i], root);
        return root;
    }

private:
    Seq size_ = 0;
    std::vector<Bytes> peaks_;
};

/// The levels of the full subtrees that the leaves from `first` to before `end` make.
std::vector<unsigned> levels_between(Seq first, Seq end) {
    std::vector<unsigned> levels;
    while (first < end) {
        unsigned level = static_cast<unsigned>(std::bit_width(end - first)) - 1;
        if (first != 0) level = std::min(level, static_cast<unsigned>(std::countr_zero(first)));
        levels.push_back(level);
        first += Seq{1} << level;
    }
    return levels;
}

/// RFC 9162 §2.1.3.2 and §2.1.4.2 walk alike: up from a node, with what stands beside.
struct Walk {
    Seq fn;
    Seq sn;
    bool left_of_path() const { return (fn & 1U) != 0 || fn == sn; }
    void up(bool was_left) {
        while (was_left && (fn & 1U) == 0 && fn != 0) shift();
        shift();
    }
    void shift() {
        fn >>= 1U;
        sn >>= 1U;
    }
};

bool proves_inclusion(Bytes hash, Seq index, Seq size, const Bytes& root,
                      const std::vector<Bytes>& proof) {
    if (index >= size) return false;
    Walk walk{index, size - 1};
    for (const Bytes& beside : proof) {
        if (walk.sn == 0) return false;
        const bool left = walk.left_of_path();
        hash = left ? node_of(beside, hash) : node_of(hash, beside);
        walk.up(left);
    }
    return walk.sn == 0 && hash == root;
}

bool proves_consistency(Seq first, const Bytes& first_root, Seq size, const Bytes& root,
                        std::vector<Bytes> proof) {
    if (first > size) return false;
    if (first == size) return proof.empty() && first_root == root;
    if (first == 0) return proof.empty() && first_root == sha256("");
    if (std::has_single_bit(first)) proof.insert(proof.begin(), first_root);
    if (proof.empty()) return false;
    Walk walk{first - 1, size - 1};
    while ((walk.fn & 1U) != 0) walk.shift();
    Bytes old_hash = proof.front();
    Bytes new_hash = proof.front();
    for (std::size_t i = 1; i < proof.size(); ++i) {
        if (walk.sn == 0) return false;
        const bool left = walk.left_of_path();
        if (left) old_hash = node_of(proof[i], old_hash);
        new_hash = left ? node_of(proof[i], new_hash) : node_of(new_hash, proof[i]);
        walk.up(left);
    }
    return walk.sn == 0 && old_hash == first_root && new_hash == root;
}

// --- what is signed ---

struct Key {
    Bytes name;
    Bytes id;  ///< 4 bytes
    Bytes key;
};

std::optional<Key> read_key(Bytes text) {
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.pop_back();
    const auto first = text.find('+');
    const auto second = first == Bytes::npos ? first : text.find('+', first + 1);
    if (second == Bytes::npos) return std::nullopt;
    const auto bytes = from_base64(text.substr(second + 1));
    if (!bytes || bytes->size() != 33 || bytes->front() != 1) return std::nullopt;
    Key key{text.substr(0, first), {}, bytes->substr(1)};
    key.id = sha256(key.name + "\n" + *bytes).substr(0, 4);
    return key;
}

/// The signed text of a note; none: this key did not sign it.
std::optional<Bytes> open_note(const Bytes& note, const Key& key) {
    const auto blank = note.rfind("\n\n");
    if (blank == Bytes::npos) return std::nullopt;
    Bytes text = note.substr(0, blank + 1);
    const Bytes prefix = "\xE2\x80\x94 " + key.name + " ";
    for (const Bytes& line : lines_of(note.substr(blank + 2))) {
        if (!line.starts_with(prefix)) continue;
        const auto bytes = from_base64(line.substr(prefix.size()));
        if (!bytes || bytes->size() != 4 + crypto_sign_BYTES || !bytes->starts_with(key.id))
            continue;
        if (crypto_sign_verify_detached(raw(*bytes) + 4, raw(text), text.size(), raw(key.key)) == 0)
            return text;
        return std::nullopt;
    }
    return std::nullopt;
}

struct Head {
    Bytes origin;
    Seq size = 0;
    Bytes root;

    bool operator==(const Head&) const = default;
};

std::optional<Head> open_head(const Bytes& note, const Key& key) {
    const auto text = open_note(note, key);
    const auto lines = lines_of(text.value_or(""));
    if (lines.size() < 3) return std::nullopt;
    const auto size = from_decimal(lines[1]);
    const auto root = from_base64(lines[2]);
    if (!size || !root || root->size() != 32) return std::nullopt;
    return Head{lines[0], *size, *root};
}

// --- the bundle ---

struct Found {
    Bytes verdict = "OK";
    std::optional<Seq> seq;
    Bytes file;
    Bytes why;
};

struct Options {
    std::string bundle;
    Bytes key;
    std::vector<Bytes> earlier;
    bool json = false;
};

using Files = std::map<Bytes, Bytes>;

class Verifier {
public:
    Verifier(const Files& files, const Options& options) : files_{files}, options_{options} {}

    Found run() {
        using Step = std::optional<Found> (Verifier::*)();
        for (const Step step :
             {&Verifier::head, &Verifier::manifest, &Verifier::leaves, &Verifier::selection,
              &Verifier::records, &Verifier::root, &Verifier::members, &Verifier::personal,
              &Verifier::history, &Verifier::earlier, &Verifier::whole_files}) {
            if (const auto found = (this->*step)()) return *found;
        }
        return {"OK", {}, "", "every record is as it was signed, at its place"};
    }

private:
    Bytes file(const Bytes& name) const {
        const auto found = files_.find(name);
        return found == files_.end() ? Bytes{} : found->second;
    }
    bool has(const Bytes& name) const { return files_.contains(name); }
    bool as_signed(const Bytes& name) const {
        const Json& entry = manifest_.at("files").at(name);
        return entry.is(Json::Kind::Object) &&
               from_hex(entry.at("sha256").text) == sha256(file(name));
    }

    std::optional<Found> head() {
        if (options_.key.empty() && !has("key.pub"))
            return Found{"MISSING", {}, "key.pub", "the bundle has no public key"};
        const auto key = read_key(options_.key.empty() ? file("key.pub") : options_.key);
        if (!key) return Found{"BAD_BUNDLE", {}, "key.pub", "the key cannot be read"};
        key_ = *key;
        if (!has("checkpoint"))
            return Found{"MISSING", {}, "checkpoint", "the bundle has no checkpoint"};
        const auto head = open_head(file("checkpoint"), key_);
        if (!head) return Found{"BAD_SIGNATURE", {}, "checkpoint", "it is not signed by this key"};
        head_ = *head;
        return std::nullopt;
    }

    std::optional<Found> manifest() {
        if (!has("manifest.json"))
            return Found{"MISSING", {}, "manifest.json", "the bundle has no manifest"};
        const auto text = open_note(file("manifest.note"), key_);
        if (!text)
            return Found{"BAD_SIGNATURE", {}, "manifest.note", "it is not signed by this key"};
        const auto lines = lines_of(*text);
        const bool fits = lines.size() == 2 && lines[0] == head_.origin + "/manifest" &&
                          from_base64(lines[1]) == sha256(file("manifest.json"));
        if (!fits)
            return Found{"ALTERED", {}, "manifest.json", "it is not the one that was signed"};
        const auto json = JsonReader::read(file("manifest.json"));
        if (!json) return Found{"BAD_BUNDLE", {}, "manifest.json", "it is not JSON"};
        manifest_ = *json;
        const Json& range = manifest_.at("range");
        const auto left = read_hashes(range.at("left"));
        const auto right = read_hashes(range.at("right"));
        const Json& log = manifest_.at("log");
        const bool complete = range.at("first").is_count() && range.at("end").is_count() && left &&
                              right && manifest_.at("format").text == "bellwether-evidence/1" &&
                              manifest_.at("files").is(Json::Kind::Object) &&
                              manifest_.at("complete").is(Json::Kind::Bool);
        first_ = range.at("first").count();
        end_ = range.at("end").count();
        if (!complete || first_ > end_ || end_ > log.at("size").count())
            return Found{"BAD_BUNDLE", {}, "manifest.json", "a member lacks or makes no sense"};
        left_ = *left;
        right_ = *right;
        if (head_.origin != log.at("origin").text || head_.size != log.at("size").count() ||
            from_hex(log.at("root").text) != head_.root)
            return Found{"ALTERED", {}, "checkpoint", "it is not the one of the manifest"};
        return std::nullopt;
    }

    std::optional<Found> leaves() {
        for (const Bytes& line : lines_of(file("leaves.txt"))) {
            const auto hash = from_hex(line);
            if (!hash)
                return Found{"ALTERED", first_ + leaves_.size(), "leaves.txt",
                             "a line of it is no hash"};
            leaves_.push_back(*hash);
        }
        if (leaves_.size() < end_ - first_)
            return Found{"MISSING", first_ + leaves_.size(), "leaves.txt",
                         "it ends before the range does"};
        if (leaves_.size() > end_ - first_)
            return Found{"ALTERED", end_, "leaves.txt", "it goes on after the range has ended"};
        return std::nullopt;
    }

    const Bytes& leaf(Seq seq) const { return leaves_[seq - first_]; }

    std::optional<Found> selection() {
        if (manifest_.at("complete").truth) {
            for (Seq seq = first_; seq < end_; ++seq) selected_.push_back(seq);
            return std::nullopt;
        }
        if (!as_signed("selected.txt"))
            return Found{"ALTERED", {}, "selected.txt", "it is not the list that was signed"};
        for (const Bytes& line : lines_of(file("selected.txt"))) {
            const auto seq = from_decimal(line);
            if (!seq || *seq < first_ || *seq >= end_ ||
                (!selected_.empty() && *seq <= selected_.back()))
                return Found{"BAD_BUNDLE", {}, "selected.txt", "its lines are no rising places"};
            selected_.push_back(*seq);
        }
        return std::nullopt;
    }

    std::optional<Found> records() {
        records_ = lines_of(file("records.ndjson"));
        for (std::size_t i = 0; i < selected_.size(); ++i) {
            if (i == records_.size())
                return Found{"MISSING", selected_[i], "records.ndjson",
                             "the records end before this one"};
            if (leaf_of(records_[i]) != leaf(selected_[i])) return difference(i);
        }
        if (records_.size() > selected_.size())
            return Found{"ALTERED", {}, "records.ndjson", "there are more than were logged"};
        return std::nullopt;
    }

    /// What has become of the record that was logged where another line stands now?
    Found difference(std::size_t place) const {
        const Seq seq = selected_[place];
        if (as_signed("records.ndjson") && !as_signed("leaves.txt"))
            return {"ALTERED", seq, "leaves.txt", "the hash was altered, the record was not"};
        const Bytes here = leaf_of(records_[place]);
        const bool stands_later =
            std::any_of(records_.begin() + static_cast<std::ptrdiff_t>(place) + 1, records_.end(),
                        [&](const Bytes& record) { return leaf_of(record) == leaf(seq); });
        const auto is_here = [&](Seq other) { return leaf(other) == here; };
        const auto after = selected_.begin() + static_cast<std::ptrdiff_t>(place) + 1;
        if (stands_later && std::any_of(selected_.begin(), selected_.end(), is_here))
            return {"REORDERED", seq, "records.ndjson", "it stands later than it was logged"};
        if (stands_later)
            return {"ALTERED", seq, "records.ndjson", "one that was never logged stands before it"};
        if (std::any_of(after, selected_.end(), is_here))
            return {"MISSING", seq, "records.ndjson", "it is gone; the next one stands there"};
        return {"ALTERED", seq, "records.ndjson", "it is not the record that was logged"};
    }

    /// Roots at the sizes of the range; false: the whole does not come to the signed root.
    bool walk(const std::set<Seq>& sizes) {
        const auto before = levels_between(0, first_);
        const auto after = levels_between(end_, head_.size);
        if (before.size() != left_.size() || after.size() != right_.size()) return false;
        Tree tree;
        for (std::size_t i = 0; i < before.size(); ++i) tree.add(before[i], left_[i]);
        for (Seq size = first_; size <= end_; ++size) {
            if (sizes.contains(size)) roots_[size] = tree.root();
            if (size < end_) tree.add(0, leaf(size));
        }
        for (std::size_t i = 0; i < after.size(); ++i) tree.add(after[i], right_[i]);
        return tree.root() == head_.root;
    }

    std::optional<Found> root() {
        std::set<Seq> sizes;
        for (const Bytes& line : lines_of(file("checkpoints.ndjson"))) {
            const auto json = JsonReader::read(line);
            const auto head = open_head(json ? json->at("note").text : "", key_);
            if (!head)
                return Found{
                    "BAD_SIGNATURE", {}, "checkpoints.ndjson", "one is not signed by this key"};
            history_.push_back(*head);
            sizes.insert(head->size);
        }
        for (const Bytes& note : options_.earlier) {
            const auto head = open_head(note, key_);
            if (!head)
                return Found{
                    "BAD_SIGNATURE", {}, "", "the earlier checkpoint is not signed by this key"};
            earlier_.push_back(*head);
            sizes.insert(head->size);
        }
        if (walk(sizes)) return std::nullopt;
        Seq sound = first_;
        for (const Head& head : history_) {
            const auto root = roots_.find(head.size);
            if (root == roots_.end() || head.size < sound) continue;
            if (root->second != head.root) break;
            sound = head.size;
        }
        return Found{"ALTERED", sound, "leaves.txt",
                     "from about here on, the records are not those that were signed"};
    }

    std::optional<Found> members() {
        std::map<Bytes, std::int64_t> counts;
        for (std::size_t i = 0; i < selected_.size(); ++i) {
            const auto json = JsonReader::read(records_[i]);
            if (!json || !json->at("seq").is_count() || json->at("seq").count() != selected_[i])
                return Found{"ALTERED", selected_[i], "records.ndjson",
                             "the record does not say its own place"};
            ++counts[json->at("kind").text];
            if (const auto digest = from_hex(json->at("personal").text))
                digests_[selected_[i]] = *digest;
        }
        std::map<Bytes, std::int64_t> told;
        for (const auto& [kind, count] : manifest_.at("counts").members) told[kind] = count.number;
        if (told != counts)
            return Found{"ALTERED", {}, "manifest.json", "it counts other records than there are"};
        return std::nullopt;
    }

    std::optional<Found> personal() {
        for (const Bytes& line : lines_of(file("personal.ndjson"))) {
            const Json json = JsonReader::read(line).value_or(Json{});
            const auto sealed = from_base64(json.at("sealed").text);
            const bool placed = json.at("seq").is_count();
            const auto digest = digests_.find(json.at("seq").count());
            if (placed && sealed && digest != digests_.end() && digest->second == sha256(*sealed))
                continue;
            return Found{"ALTERED", placed ? std::optional{json.at("seq").count()} : std::nullopt,
                         "personal.ndjson", "what is sealed is not what was logged"};
        }
        return std::nullopt;
    }

    bool in_range(Seq size) const { return size >= first_ && size <= end_; }

    std::optional<Found> history() {
        std::map<Seq, std::vector<Bytes>> proofs;
        for (const Bytes& line : lines_of(file("consistency.ndjson"))) {
            const Json json = JsonReader::read(line).value_or(Json{});
            proofs[json.at("size").count()] =
                read_hashes(json.at("proof")).value_or(std::vector<Bytes>{Bytes{}});
        }
        for (const Head& head : history_) {
            if (head.size > head_.size)
                return Found{"TRUNCATED", head_.size, "checkpoints.ndjson",
                             "a checkpoint tells of a longer log"};
            const bool fits = in_range(head.size)
                                  ? roots_[head.size] == head.root
                                  : proves_consistency(head.size, head.root, head_.size, head_.root,
                                                       proofs[head.size]);
            if (!fits || head.origin != head_.origin)
                return Found{"INCONSISTENT",
                             {},
                             "checkpoints.ndjson",
                             "the log does not begin with what a checkpoint signed"};
        }
        return std::nullopt;
    }

    std::optional<Found> earlier() {
        for (const Head& head : earlier_) {
            if (head.size > head_.size)
                return Found{"TRUNCATED", head_.size, "",
                             "the earlier checkpoint signed " + std::to_string(head.size) +
                                 " records, and the log has " + std::to_string(head_.size)};
            std::optional<Bytes> root;
            for (const Head& known : history_) {
                if (known.size == head.size) root = known.root;
            }
            if (head.size == head_.size) root = head_.root;
            if (in_range(head.size)) root = roots_[head.size];
            if (!root)
                return Found{
                    "INCONCLUSIVE", {}, "", "the range does not reach the earlier checkpoint"};
            if (*root != head.root || head.origin != head_.origin)
                return Found{"INCONSISTENT",
                             {},
                             "",
                             "the log does not begin with what the earlier checkpoint signed"};
        }
        return std::nullopt;
    }

    std::optional<Found> whole_files() {
        for (const auto& [name, entry] : manifest_.at("files").members) {
            if (!has(name)) return Found{"MISSING", {}, name, "the file is gone"};
            if (!as_signed(name) || entry.at("bytes").count() != file(name).size())
                return Found{"ALTERED", {}, name, "the file is not the one that was signed"};
        }
        return std::nullopt;
    }

    const Files& files_;
    const Options& options_;
    Key key_;
    Head head_;
    Json manifest_;
    Seq first_ = 0;
    Seq end_ = 0;
    std::vector<Bytes> left_;
    std::vector<Bytes> right_;
    std::vector<Bytes> leaves_;
    std::vector<Seq> selected_;
    std::vector<Bytes> records_;
    std::vector<Head> history_;
    std::vector<Head> earlier_;
    std::map<Seq, Bytes> roots_;
    std::map<Seq, Bytes> digests_;
};

Found verify_proof(const Json& proof, const Options& options) {
    const auto key = read_key(options.key.empty() ? proof.at("key").text : options.key);
    if (!key) return {"BAD_BUNDLE", {}, "", "the key cannot be read"};
    if (!proof.at("seq").is_count())
        return {"BAD_BUNDLE", {}, "", "the proof does not say which record it is of"};
    const auto head = open_head(proof.at("checkpoint").text, *key);
    if (!head) return {"BAD_SIGNATURE", {}, "", "the checkpoint is not signed by this key"};
    const auto path = read_hashes(proof.at("proof"));
    const Seq seq = proof.at("seq").count();
    if (!path ||
        !proves_inclusion(leaf_of(proof.at("record").text), seq, head->size, head->root, *path))
        return {"ALTERED", seq, "", "the record is not in the log at this place"};
    return {"OK", {}, "", "the record is in the log at this place"};
}

// --- files and words ---

std::optional<Bytes> read_file(const std::filesystem::path& path) {
    std::ifstream stream{path, std::ios::binary};
    if (!stream) return std::nullopt;
    return Bytes{std::istreambuf_iterator<char>{stream}, {}};
}

/// The plain files of a ustar archive, without the folders before their names.
Files read_tar(const Bytes& archive) {
    Files files;
    for (std::size_t at = 0; at + 512 <= archive.size() && archive[at] != '\0';) {
        Bytes name = archive.substr(at, 100).c_str();
        name = name.substr(name.rfind('/') + 1);
        std::size_t size = 0;
        std::from_chars(archive.data() + at + 124, archive.data() + at + 135, size, 8);
        if (archive[at + 156] == '0') files[name] = archive.substr(at + 512, size);
        at += 512 + (size + 511) / 512 * 512;
    }
    return files;
}

Files read_folder(const std::filesystem::path& folder) {
    Files files;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.is_regular_file())
            files[entry.path().filename().string()] = read_file(entry.path()).value_or("");
    }
    return files;
}

std::optional<Options> read_options(const std::vector<std::string>& words) {
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool takes_file = words[i] == "--checkpoint" || words[i] == "--key";
        if (words[i] == "--json") {
            options.json = true;
        } else if (takes_file && i + 1 < words.size()) {
            const auto text = read_file(words[i + 1]);
            if (!text) return std::nullopt;
            if (words[i] == "--key") {
                options.key = *text;
            } else {
                options.earlier.push_back(*text);
            }
            ++i;
        } else if (words[i].starts_with("--") || !options.bundle.empty()) {
            return std::nullopt;
        } else {
            options.bundle = words[i];
        }
    }
    if (options.bundle.empty()) return std::nullopt;
    return options;
}

// Our own words alone, and names of files: nothing in them needs an escape but these two.
Bytes quoted(const Bytes& text) {
    Bytes out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += static_cast<unsigned char>(c) < ' ' ? '?' : c;
    }
    return out + "\"";
}

void tell(const Found& found, const Options& options) {
    if (options.json) {
        std::cout << "{\"verdict\":" << quoted(found.verdict)
                  << ",\"seq\":" << (found.seq ? std::to_string(*found.seq) : "null")
                  << ",\"file\":" << (found.file.empty() ? "null" : quoted(found.file))
                  << ",\"why\":" << quoted(found.why) << "}\n";
        return;
    }
    std::cout << found.verdict;
    if (found.seq) std::cout << " record " << *found.seq;
    if (!found.file.empty()) std::cout << " (" << found.file << ")";
    std::cout << ": " << found.why << "\n";
}

int run(const std::vector<std::string>& words) {
    const auto options = read_options(words);
    if (!options) {
        std::cerr << "usage: bellwether_verify BUNDLE [--checkpoint FILE]... [--key FILE] "
                     "[--json]\n";
        return 2;
    }
    const bool is_folder = std::filesystem::is_directory(options->bundle);
    const auto bytes = is_folder ? Bytes{} : read_file(options->bundle);
    if (!bytes) {
        std::cerr << "bellwether_verify: there is no " << options->bundle << "\n";
        return 5;
    }
    const bool is_proof = !is_folder && bytes->starts_with("{");
    const Files files = is_folder ? read_folder(options->bundle) : read_tar(*bytes);
    const bool is_junk = !is_folder && !is_proof && files.empty();
    const Found found = is_junk ? Found{"BAD_BUNDLE", {}, "", "it is no tar archive"}
                        : is_proof
                            ? verify_proof(JsonReader::read(*bytes).value_or(Json{}), *options)
                            : Verifier{files, *options}.run();
    tell(found, *options);
    return found.verdict == "OK" ? 0 : 9;
}

}  // namespace

int main(int count, char** words) {
    if (sodium_init() < 0) return 1;
    return run({words + 1, words + count});
}
