#include "answer-detect/training/folds.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/check.h"

namespace bellwether::answer_detect::training {
namespace {

bool is_named(const std::string& word) { return !word.empty() && word != "-"; }

// Sets that grow together (Galler and Fischer, 1964).
class Union {
public:
    explicit Union(std::size_t count) : parents_(count) {
        std::iota(parents_.begin(), parents_.end(), std::size_t{0});
    }
    std::size_t root(std::size_t i) {
        while (parents_[i] != i) i = parents_[i] = parents_[parents_[i]];
        return i;
    }
    void join(std::size_t a, std::size_t b) { parents_[root(a)] = root(b); }

private:
    std::vector<std::size_t> parents_;
};

Union joined(std::span<const ClipIdentity> clips) {
    Union sets(clips.size());
    std::map<std::string, std::size_t> by_speaker;
    std::map<std::string, std::size_t> by_text;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        if (is_named(clips[i].speaker)) {
            sets.join(i, by_speaker.try_emplace(clips[i].speaker, i).first->second);
        }
        if (is_named(clips[i].text)) {
            sets.join(i, by_text.try_emplace(clips[i].text, i).first->second);
        }
    }
    return sets;
}

struct Group {
    std::string name;  // the first id
    std::vector<std::size_t> clips;
};

std::vector<Group> groups_of(std::span<const ClipIdentity> clips) {
    Union sets = joined(clips);
    std::map<std::size_t, Group> by_root;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        Group& group = by_root[sets.root(i)];
        if (group.clips.empty() || clips[i].id < group.name) group.name = clips[i].id;
        group.clips.push_back(i);
    }
    std::vector<Group> groups;
    groups.reserve(by_root.size());
    for (auto& [root, group] : by_root) groups.push_back(std::move(group));
    // Largest first; names settle ties, so that the order of the clips does not matter.
    std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
        return a.clips.size() != b.clips.size() ? a.clips.size() > b.clips.size() : a.name < b.name;
    });
    return groups;
}

void insert_sorted(std::vector<std::string>& words, const std::string& word) {
    if (!is_named(word)) return;
    const auto place = std::lower_bound(words.begin(), words.end(), word);
    if (place == words.end() || *place != word) words.insert(place, word);
}

}  // namespace

ClipIdentity identity_of(const LabelledClip& clip) { return {clip.id, clip.speaker, clip.text}; }

std::vector<std::size_t> split(std::span<const ClipIdentity> clips, std::size_t folds) {
    BW_CHECK(folds > 0);
    std::vector<std::size_t> fold(clips.size());
    std::vector<std::size_t> sizes(folds);
    for (const Group& group : groups_of(clips)) {
        const auto least = std::min_element(sizes.begin(), sizes.end());
        *least += group.clips.size();
        for (const auto clip : group.clips) {
            fold[clip] = static_cast<std::size_t>(least - sizes.begin());
        }
    }
    return fold;
}

std::string fold_list(std::span<const ClipIdentity> clips, std::span<const std::size_t> fold) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        lines.push_back(std::to_string(fold[i]) + ' ' + clips[i].id + '\n');
    }
    std::sort(lines.begin(), lines.end());
    return std::accumulate(lines.begin(), lines.end(), std::string());
}

void Shared::add(const ClipIdentity& clip) {
    insert_sorted(speakers_, clip.speaker);
    insert_sorted(texts_, clip.text);
}

bool Shared::touches(const ClipIdentity& clip) const {
    const auto has = [](const std::vector<std::string>& words, const std::string& word) {
        return is_named(word) && std::binary_search(words.begin(), words.end(), word);
    };
    return has(speakers_, clip.speaker) || has(texts_, clip.text);
}

}  // namespace bellwether::answer_detect::training
