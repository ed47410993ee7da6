#include "dialer/store/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace bellwether::store {

Result<std::unique_ptr<MappedFile>> MappedFile::open(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        const bool is_gone = errno == ENOENT;
        return fail(is_gone ? Errc::NotFound : Errc::Unavailable,
                    file.string() + (is_gone ? " is not there" : " may not be read"));
    }
    struct stat status {};
    const bool has_size = ::fstat(descriptor, &status) == 0;
    const auto size = static_cast<std::size_t>(status.st_size);
    void* begin = nullptr;
    if (has_size && size > 0) begin = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
    ::close(descriptor);  // the mapping keeps the file
    if (!has_size || begin == MAP_FAILED) {
        return fail(Errc::Unavailable, file.string() + " cannot be mapped into memory");
    }
    return std::unique_ptr<MappedFile>{
        new MappedFile{static_cast<const std::byte*>(begin), has_size ? size : 0}};
}

MappedFile::~MappedFile() {
    if (begin_ != nullptr) ::munmap(const_cast<std::byte*>(begin_), size_);
}

}  // namespace bellwether::store
